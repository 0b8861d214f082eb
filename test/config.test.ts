import { homedir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { DEFAULTS, readConfig } from '../server/config.ts'

const STATE = join(homedir(), '.local/state/rollout')

describe('settings', () => {
  it('have a default each', () => {
    const config = { ...DEFAULTS, state: STATE }
    expect(readConfig({}, [])).toEqual({ ok: true, config })
    expect(readConfig({ PORT: '', DATA: '' }, [])).toEqual({ ok: true, config })
  })

  it('keep the state where services and people do', () => {
    const stateIn = (env: Record<string, string>) => {
      const read = readConfig(env, [])
      return read.ok ? read.config.state : read.faults
    }
    const env = { XDG_STATE_HOME: '/h/.state', STATE_DIRECTORY: '/var/lib/rollout', STATE: '/s' }
    expect(stateIn({ XDG_STATE_HOME: env.XDG_STATE_HOME })).toBe('/h/.state/rollout')
    expect(stateIn({ ...env, STATE: '' })).toBe('/var/lib/rollout')
    expect(stateIn(env)).toBe('/s')
  })

  it('are read from the environment, and the programme from the command line first', () => {
    const env = {
      PORT: '80',
      HOST: '::1',
      DATA: '/d/r.db',
      PROGRAM: 'one',
      ORIGIN: 'https://rollout.example/',
      HOSTS: 'rollout.internal, 192.0.2.7 [2001:db8::7]',
      TRUST_PROXY: '1',
      LOG_LEVEL: 'warn',
      STATE: '/d/state',
      METRICS_TOKEN: 'a-token-of-25-characters!',
    }
    expect(readConfig(env, ['--program', './two', '--day', '2026-03-31', '--accept-older', '12'])).toEqual({
      ok: true,
      config: {
        port: 80,
        host: '::1',
        data: '/d/r.db',
        state: '/d/state',
        day: '2026-03-31',
        acceptOlder: 12,
        program: './two',
        origin: 'https://rollout.example',
        hosts: ['rollout.internal', '192.0.2.7', '[2001:db8::7]'],
        trustProxy: 1,
        metricsToken: 'a-token-of-25-characters!',
        logLevel: 'warn',
      },
    })
  })

  it('are refused with every fault and its name', () => {
    const env = {
      PORT: '70000',
      HOST: 'a b',
      ORIGIN: 'https://x.example/path',
      HOSTS: 'x.example:8008',
      TRUST_PROXY: 'yes',
      LOG_LEVEL: 'loud',
      METRICS_TOKEN: 'hidden',
    }
    const namesOf = (...args: string[]) => {
      const result = readConfig(env, args)
      if (result.ok) throw new Error('accepted')
      expect(JSON.stringify(result.faults)).not.toContain('hidden')
      return result.faults.map((f) => f.name).sort()
    }
    const names = ['HOST', 'HOSTS', 'LOG_LEVEL', 'METRICS_TOKEN', 'ORIGIN', 'PORT', 'TRUST_PROXY']
    expect(namesOf('--programme', 'x')).toEqual(['--programme x', ...names])
    expect(namesOf('--accept-older', 'x')).toEqual(['--accept-older', ...names])
  })
})
