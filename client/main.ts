import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { i18n } from './i18n/index.ts'
import { buildRouter } from './router.ts'
import { deviceReady } from './sync/device.ts'
import { keepShell } from './sync/shell.ts'
import { followPaper } from './ui/paper.ts'
import './styles/tokens.css'
import './styles/base.css'
import './styles/panels.css'
import './styles/paper.css'
import './ui/dialog.css'
import './ui/table.css'

/** ms to wait for what the device holds; a page without it is better than none */
const DEVICE_MS = 3_000

followPaper()
await Promise.race([deviceReady(), new Promise((done) => setTimeout(done, DEVICE_MS))])
void keepShell()
createApp(App).use(createPinia()).use(i18n).use(buildRouter()).mount('#app')
