import { describe, expect, it } from 'vitest'
import { hashPassword, passwordLength, verifyPassword } from '../../server/auth/passwords.ts'

describe('passwords', () => {
  it('are kept as argon2id PHC strings with a salt of their own', async () => {
    const [one, two] = await Promise.all([hashPassword('密码 with spaces'), hashPassword('密码 with spaces')])
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
    expect(one).not.toBe(two)
    expect(await verifyPassword('密码 with spaces', one)).toBe(true)
    expect(await verifyPassword('密码 with space', one)).toBe(false)
  })

  it('are the same in every Unicode form', async () => {
    expect(await verifyPassword('Ａe\u0301', await hashPassword('A\u00e9'))).toBe(true)
    expect(passwordLength('e\u0301😀')).toBe(2)
  })

  it('are read with the cost they were made with', async () => {
    // argon2id of "password", salt "somesalt", as the reference implementation prints it
    const phc = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc'
    expect(await verifyPassword('password', phc)).toBe(true)
    await expect(verifyPassword('password', 'plain')).rejects.toThrow('cannot be read')
  })
})
