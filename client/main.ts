import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { i18n } from './i18n/index.ts'
import { buildRouter } from './router.ts'
import { followPaper } from './ui/paper.ts'
import './styles/tokens.css'
import './styles/base.css'
import './styles/panels.css'
import './styles/paper.css'
import './ui/dialog.css'
import './ui/table.css'

followPaper()
createApp(App).use(createPinia()).use(i18n).use(buildRouter()).mount('#app')
