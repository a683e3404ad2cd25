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
