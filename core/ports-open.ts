// Which administrative ports a security group's rules open to the whole internet.
import type { Fields } from '../events/activity.ts';
import { at, inner, text } from '../events/fields.ts';
import { strings } from '../policy/shapes.ts';
import { integerAt, itemsAt } from './opening.ts';
import type { Factor } from './risk.ts';

/** Remote control, file shares and databases. */
const ADMINISTRATIVE: ReadonlyMap<number, string> = new Map([
  [22, 'SSH'],
  [23, 'Telnet'],
  [445, 'SMB'],
  [1433, 'SQL Server'],
  [3306, 'MySQL'],
  [3389, 'Remote Desktop'],
  [5432, 'PostgreSQL'],
  [5985, 'WinRM'],
  [5986, 'WinRM'],
  [6379, 'Redis'],
  [9200, 'Elasticsearch'],
  [27017, 'MongoDB'],
]);

/** What is open: `from` and `to` are undefined where every port is. */
type Opening = { from: number | undefined; to: number | undefined; networks: string[] };

/** The opening to the internet that weighs most; none where nothing is open to all of it. */
export function portFactors(openings: readonly Opening[]): Factor[] {
  return openings
    .filter(({ networks }) => networks.some(isInternet))
    .map(portFactor)
    .sort((a, b) => b.points - a.points)
    .slice(0, 1);
}

function portFactor({ from, to }: Opening): Factor {
  if (from === undefined || to === undefined)
    return { id: 'ports', points: 50, because: 'every port is open to the internet' };
  const ports = from === to ? `port ${from}` : `ports ${from} to ${to}`;
  const found = [...ADMINISTRATIVE].find(([port]) => from <= port && port <= to);
  return found
    ? { id: 'ports', points: 45, because: `${ports} (${found[1]}) ${from === to ? 'is' : 'are'} open to the internet` }
    : { id: 'ports', points: 5, because: `${ports} ${from === to ? 'is' : 'are'} open to the internet` };
}

/** The openings of `ipPermissions`, or of a request that names one opening itself. */
export function permittedIn(request: Fields): Opening[] {
  return [...itemsAt(request, 'ipPermissions'), request].flatMap((each) =>
    openingIn(each, [
      ...itemsAt(each, 'ipRanges').map((range) => text(range, 'cidrIp')),
      ...itemsAt(each, 'ipv6Ranges').map((range) => text(range, 'cidrIpv6')),
      ...strings(at(each, 'cidrIp')),
    ]),
  );
}

/** The openings of `ModifySecurityGroupRules`, which CloudTrail writes as the API's XML has them. */
export function rewrittenIn(request: Fields): Opening[] {
  const wrapped = inner(request, 'ModifySecurityGroupRulesRequest');
  return [wrapped, request]
    .flatMap((each) => [...itemsAt(each, 'SecurityGroupRule'), ...itemsAt(each, 'securityGroupRules')])
    .map((each) => inner(each, 'SecurityGroupRule'))
    .flatMap((each) => openingIn(each, [text(each, 'CidrIpv4'), text(each, 'CidrIpv6')]));
}

const PROTOCOLS = new Set(['tcp', '6', 'udp', '17']);

function openingIn(rule: Fields, networks: (string | undefined)[]): Opening[] {
  const protocol = text(rule, 'ipProtocol')?.toLowerCase() ?? `${integerAt(rule, 'ipProtocol') ?? ''}`;
  const known = networks.filter((each) => each !== undefined);
  if (protocol === '-1' || protocol === 'all') return [{ from: undefined, to: undefined, networks: known }];
  if (!PROTOCOLS.has(protocol)) return [];
  const [from, to] = [integerAt(rule, 'fromPort') ?? 0, integerAt(rule, 'toPort') ?? 65_535];
  return [
    from <= 0 && to >= 65_535 ? { from: undefined, to: undefined, networks: known } : { from, to, networks: known },
  ];
}

/** Nobody's network is as wide as this: two halves of the internet are the internet. */
function isInternet(network: string): boolean {
  const bits = Number(network.slice(network.lastIndexOf('/') + 1));
  return network.includes('/') && bits < (network.includes(':') ? 7 : 8);
}
