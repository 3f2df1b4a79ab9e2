/** After signing in: the page that asked for it, if it is one of ours. */
export function returnPlace(from: string | null): string {
  return from?.startsWith('/') && !from.startsWith('//') && !from.startsWith('/sign-in') ? from : '/';
}

/** A page of the service hall that sent somebody here to sign in; it lies outside the console. */
export function hallPlace(from: string | null): string | undefined {
  return from !== null && /^\/hall(\/[\w-]+)*$/.test(from) ? from : undefined;
}
