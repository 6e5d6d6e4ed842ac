import { shown } from '../errors.ts';

/** What a server must be to be connected to, as in libpq (PostgreSQL manual, "target_session_attrs"). */
const SESSION_TARGETS = ['any', 'read-write', 'read-only', 'primary', 'standby', 'prefer-standby'] as const;

export type SessionTarget = (typeof SESSION_TARGETS)[number];

/** The servers that a URL names, in the order in which they are tried, each by a URL of its own. */
export interface DatabaseServers {
  readonly urls: readonly string[];
  readonly target: SessionTarget;
}

/**
 * Splits a URL of several hosts, `postgresql://user:password@one:5432,two:5432/database?target_session_attrs=primary`, as libpq does: the hosts
 * stand before the path, or in the parameters `host` and `port`. The driver knows neither. Throws an Error that says what would be right.
 */
export function databaseServers(url: string): DatabaseServers {
  const [, scheme = '', authority = '', path = '', query = ''] =
    /^([^:]+:\/\/)([^/?#]*)([^?#]*)\??(.*)$/s.exec(url) ?? [];
  const parameters = new URLSearchParams(query);
  const target = readTarget(parameters.get('target_session_attrs'));
  if ((parameters.get('load_balance_hosts') ?? 'disable') !== 'disable')
    throw new Error('has load_balance_hosts, but hosts are tried in their order: remove it');
  const hostsAt = authority.lastIndexOf('@') + 1;
  const named = authority.slice(hostsAt).split(',');
  const given = parameters.get('host')?.split(',');
  const hosts = given ?? named;
  const ports = parameters.get('port')?.split(',') ?? [];
  if (named.length > 1 && given) throw new Error('names its hosts twice, before the path and as ?host=: remove one');
  if (hosts.length > 1 && hosts.some((host) => /^(:|$)/.test(host)))
    throw new Error('has an empty host: separate hosts by single commas, host1:5432,host2:5432');
  if (ports.length > 1 && ports.length !== hosts.length)
    throw new Error(`has ${hosts.length} hosts and ${ports.length} ports: name one port, or one for each host`);
  if (hosts.length === 1 && !parameters.has('target_session_attrs')) return { urls: [url], target };
  parameters.delete('target_session_attrs');
  const urls = hosts.map((host, at) => {
    const own = new URLSearchParams(parameters);
    const port = ports[at] ?? ports[0];
    if (port !== undefined) own.set('port', port);
    if (given) own.set('host', host);
    return `${scheme}${authority.slice(0, hostsAt)}${given ? named[0] : host}${path}${own.size > 0 ? `?${own}` : ''}`;
  });
  return { urls, target };
}

function readTarget(text: string | null): SessionTarget {
  const target = SESSION_TARGETS.find((known) => known === (text ?? 'any'));
  if (!target)
    throw new Error(
      `has target_session_attrs=${shown(text ?? '')}, which must be one of ${SESSION_TARGETS.join(', ')}`,
    );
  return target;
}
