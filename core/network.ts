// Source addresses: CloudTrail writes an IP address or the name of an AWS service.
import ipaddr from 'ipaddr.js';

/** Whether the address lies in one of the networks (CIDR); undefined where it is no address at all. */
export function isWithin(address: string, networks: string[]): boolean | undefined {
  if (!ipaddr.isValid(address)) return undefined;
  const parsed = ipaddr.process(address);
  return networks.some((each) => {
    const [network, bits] = ipaddr.parseCIDR(each);
    return network.kind() === parsed.kind() && parsed.match(network, bits);
  });
}

/**
 * The network that an address belongs to, about as wide as what one provider has in one country: 16 bits of version 4, 32
 * of version 6. Undefined for what is no address.
 */
export function networkOf(address: string): string | undefined {
  if (!ipaddr.isValid(address)) return undefined;
  const parsed = ipaddr.process(address);
  const [version, bits] = parsed.kind() === 'ipv4' ? [ipaddr.IPv4, 16] : [ipaddr.IPv6, 32];
  return `${version.networkAddressFromCIDR(`${parsed.toString()}/${bits}`)}/${bits}`;
}
