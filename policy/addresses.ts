// IP addresses and ranges of conditions, versions 4 and 6.
import ipaddr from 'ipaddr.js';
import { kept } from './kept.ts';

type Address = ReturnType<typeof ipaddr.process>;
/** A range: an address and how many of its bits count. */
export type Range = [Address, number];

/** The test of one range, `203.0.113.0/24`; without a prefix, one address. What is no range holds for nothing. */
export function addressTest(wanted: string): (given: string) => boolean {
  const range = rangeOf(wanted);
  if (!range) return () => false;
  return (given) => {
    const address = addressOf(given);
    return address !== undefined && address.kind() === range[0].kind() && address.match(range);
  };
}

/** The range that a text says; undefined where it says none. */
export function rangeOf(text: string): Range | undefined {
  const slash = text.indexOf('/');
  const address = addressOf(slash === -1 ? text : text.slice(0, slash));
  if (!address) return undefined;
  const most = address.kind() === 'ipv4' ? 32 : 128;
  const prefix = slash === -1 ? String(most) : text.slice(slash + 1);
  return /^\d{1,3}$/.test(prefix) && Number(prefix) <= most ? [address, Number(prefix)] : undefined;
}

/** The first and the last address of a range, and those before and behind it; none where the text says no range. */
export function edgesOf(text: string): readonly string[] {
  if (EDGES.size >= MOST) EDGES.clear();
  return text.length > LONGEST ? [] : kept(EDGES, text, () => edgesIn(text));
}

const EDGES = new Map<string, readonly string[]>();

function edgesIn(text: string): string[] {
  const range = rangeOf(text);
  if (!range) return [];
  const [address, prefix] = range;
  const version = address.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6;
  const cidr = `${address.toString()}/${prefix}`;
  const [first, last] = [version.networkAddressFromCIDR(cidr), version.broadcastAddressFromCIDR(cidr)];
  return [first.toString(), last.toString(), beside(first, -1), beside(last, 1)];
}

/** The next address, or (`step` -1) the one before; round the end. */
function beside(address: Address, step: 1 | -1): string {
  const bytes = address.toByteArray();
  for (let at = bytes.length - 1, rest: number = step; at >= 0 && rest !== 0; at -= 1) {
    const sum = (bytes[at] ?? 0) + rest;
    bytes[at] = (sum + 256) % 256;
    rest = sum < 0 ? -1 : sum > 255 ? 1 : 0;
  }
  return ipaddr.fromByteArray(bytes).toString();
}

/** Only four decimal numbers, or version 6: the library would also read `1` and `0x7f.1`. */
function addressOf(text: string): Address | undefined {
  if (text.length > LONGEST) return undefined;
  const known = KNOWN.get(text);
  if (known !== undefined || KNOWN.has(text)) return known;
  if (KNOWN.size >= MOST) KNOWN.clear();
  const read = parsed(text);
  KNOWN.set(text, read);
  return read;
}

/** Policies name the same few addresses again and again, and texts that are none. */
const KNOWN = new Map<string, Address | undefined>();
const MOST = 1000;
/** The longest way to write a range of version 6. */
const LONGEST = 49;

function parsed(text: string): Address | undefined {
  if (!text.includes(':') && !ipaddr.IPv4.isValidFourPartDecimal(text)) return undefined;
  return ipaddr.isValid(text) ? ipaddr.parse(text) : undefined;
}
