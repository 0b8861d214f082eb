/** Builds the client if any of its sources is newer than the last build. */
import { buildClient, builtClient } from './client.ts'

if (builtClient() !== 'fresh') await buildClient()
