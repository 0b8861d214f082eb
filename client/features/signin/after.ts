/** Where to go after signing in: only to a page of this site. */
export function afterSignIn(next: unknown): string {
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : '/'
}
