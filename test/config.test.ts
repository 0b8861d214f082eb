import { describe, expect, it } from 'vitest'
import { DEFAULTS, readConfig } from '../server/config.ts'

describe('settings', () => {
  it('have a default each', () => {
    expect(readConfig({}, [])).toEqual({ ok: true, config: DEFAULTS })
    expect(readConfig({ PORT: '', DATA: '' }, [])).toEqual({ ok: true, config: DEFAULTS })
  })

  it('are read from the environment, and the programme from the command line first', () => {
    const env = {
      PORT: '80',
      HOST: '::1',
      DATA: '/d/r.db',
      PROGRAM: 'one',
      ORIGIN: 'https://rollout.example/',
      TRUST_PROXY: '1',
      LOG_LEVEL: 'warn',
    }
    expect(readConfig(env, ['--program', './two'])).toEqual({
      ok: true,
      config: {
        port: 80,
        host: '::1',
        data: '/d/r.db',
        program: './two',
        origin: 'https://rollout.example',
        trustProxy: 1,
        logLevel: 'warn',
      },
    })
  })

  it('are refused with every fault and its name', () => {
    const env = { PORT: '70000', HOST: 'a b', ORIGIN: 'https://x.example/path', TRUST_PROXY: 'yes', LOG_LEVEL: 'loud' }
    const result = readConfig(env, ['--programme', 'x'])
    if (result.ok) throw new Error('accepted')
    const names = result.faults.map((f) => f.name).sort()
    expect(names).toEqual(['--programme x', 'HOST', 'LOG_LEVEL', 'ORIGIN', 'PORT', 'TRUST_PROXY'])
  })
})
