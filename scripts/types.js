/** Strips the types of this package's own files; Node does not do it below `node_modules`, where a package is installed. */
import { readFileSync } from 'node:fs'
import { registerHooks, stripTypeScriptTypes } from 'node:module'
import { fileURLToPath } from 'node:url'

const own = new URL('..', import.meta.url).href
const isOwn = (url) => url.startsWith(own) && url.endsWith('.ts') && !url.slice(own.length).includes('node_modules')

registerHooks({
  load(url, context, next) {
    if (!isOwn(url)) return next(url, context)
    const source = stripTypeScriptTypes(readFileSync(fileURLToPath(url), 'utf8'))
    return { format: 'module', source, shortCircuit: true }
  },
})
