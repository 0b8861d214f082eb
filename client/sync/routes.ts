/** The REST table without its inputs' schemas, which a page need not load; the types hold it to the table. */
import type { API, Route } from '../../shared/protocol/api.ts'

type Line<R extends Route> = Pick<(typeof API)[R], 'method' | 'path' | 'access'>

export const ROUTES: { [R in Route]: Line<R> } = {
  session: { method: 'GET', path: '/api/v1/session', access: 'open' },
  signIn: { method: 'POST', path: '/api/v1/session', access: 'open' },
  signOut: { method: 'DELETE', path: '/api/v1/session', access: 'member' },
  demoSignIn: { method: 'POST', path: '/api/v1/session/demo', access: 'open' },
  changePassword: { method: 'POST', path: '/api/v1/password', access: 'member' },
  invite: { method: 'POST', path: '/api/v1/invitations', access: 'AddMember' },
  invitations: { method: 'GET', path: '/api/v1/invitations', access: 'AddMember' },
  readList: { method: 'POST', path: '/api/v1/files/list', access: 'AddMember' },
  inviteMany: { method: 'POST', path: '/api/v1/invitations/many', access: 'AddMember' },
  withdrawInvitation: { method: 'POST', path: '/api/v1/invitations/withdraw', access: 'AddMember' },
  invitation: { method: 'POST', path: '/api/v1/invitations/open', access: 'open' },
  join: { method: 'POST', path: '/api/v1/invitations/join', access: 'open' },
  sessions: { method: 'GET', path: '/api/v1/sessions', access: 'member' },
  endSession: { method: 'POST', path: '/api/v1/sessions/end', access: 'member' },
  endSessions: { method: 'DELETE', path: '/api/v1/sessions', access: 'member' },
  resetLink: { method: 'POST', path: '/api/v1/resets', access: 'ResetPassword' },
  reset: { method: 'POST', path: '/api/v1/resets/open', access: 'open' },
  resetPassword: { method: 'POST', path: '/api/v1/resets/redeem', access: 'open' },
  phones: { method: 'GET', path: '/api/v1/phones', access: 'KeepPhones' },
  setPhone: { method: 'POST', path: '/api/v1/phones', access: 'KeepPhones' },
  ownPhone: { method: 'GET', path: '/api/v1/phones/own', access: 'member' },
  setOwnPhone: { method: 'POST', path: '/api/v1/phones/own', access: 'member' },
  changes: { method: 'GET', path: '/api/v1/changes', access: 'member' },
  spans: { method: 'GET', path: '/api/v1/spans', access: 'member' },
  programme: { method: 'GET', path: '/api/v1/programme', access: 'member' },
  figures: { method: 'GET', path: '/api/v1/figures', access: 'member' },
  checkFile: { method: 'POST', path: '/api/v1/files/check', access: 'SubmitReports' },
  operation: { method: 'GET', path: '/api/v1/operation', access: 'SeeOperation' },
  machines: { method: 'GET', path: '/api/v1/machines', access: 'AddMachine' },
  addMachine: { method: 'POST', path: '/api/v1/machines', access: 'AddMachine' },
  renewToken: { method: 'POST', path: '/api/v1/machines/token', access: 'AddMachine' },
  command: { method: 'POST', path: '/api/v1/commands', access: 'anyCommand' },
}
