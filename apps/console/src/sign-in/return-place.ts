/** After signing in: the page that asked for it, if it is one of ours. */
export function returnPlace(from: string | null): string {
  return from?.startsWith('/') && !from.startsWith('//') && !from.startsWith('/sign-in') ? from : '/';
}
