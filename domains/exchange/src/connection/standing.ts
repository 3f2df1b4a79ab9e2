import { type Act, type Refusal, refuse } from '@hengjian/kernel';

/** The connection in force of an office to a system: since when, and by which port; undefined where there is none. */
export async function connectionOf(
  { sql }: Act,
  office: string,
  system: string,
): Promise<{ since: string; port: string } | undefined> {
  const [connection] = await sql.query<{ since: string; port: string }>(
    `select since, port from exchange.connection where office = $1 and system = $2 and state = 'connected'`,
    [office, system],
  );
  return connection;
}

export const notConnected = (): Refusal =>
  refuse('not-connected', '本机关没有与这个系统对接。', 'This organ is not connected to that system.', 'system');
