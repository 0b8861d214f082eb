/** Whether what is typed and sent here outlives the page, as pages show it. Opened once by the application. */
import { useEventListener } from '@vueuse/core'
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { deviceStorage } from '../sync/device.ts'

export const useDevice = defineStore('device', () => {
  const look = () => deviceStorage.unsaved('')
  /** why something lasts only as long as the page: no room on the device, or the browser keeps nothing; null = nothing does */
  const unsaved = shallowRef(look())
  const follow = () => (unsaved.value = look())
  deviceStorage.onChange(() => {
    follow()
    void deviceStorage.written().then(follow)
  })
  useEventListener(window, 'beforeunload', (event: BeforeUnloadEvent) => {
    if (unsaved.value !== null) event.preventDefault()
  })
  return { unsaved }
})
