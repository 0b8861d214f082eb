// Before anything else: no text becomes markup, but an element may be emptied (libraries do so). Templates of ours have a
// policy of their own, which Vue makes.
if (window.trustedTypes)
  window.trustedTypes.createPolicy('default', {
    createHTML: function (html) {
      return html === '' ? html : null
    },
    // the one script that runs beside the page: its shell without a network
    createScriptURL: function (url) {
      return url === '/sw.js' ? url : null
    },
  })

// Before the first paint: theme and language as last chosen on this device.
;(function () {
  var root = document.documentElement
  var theme = null
  var locale = null
  try {
    theme = localStorage.getItem('theme')
    locale = localStorage.getItem('locale')
  } catch {
    // storage is forbidden: defaults
  }
  if (theme !== 'light' && theme !== 'dark')
    theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
  root.dataset.theme = theme
  root.lang = locale === 'en' ? 'en' : 'zh-CN'
})()
