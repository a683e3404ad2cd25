const READING =
  /^[a-z0-9-]+:(get|list|describe|view|head|batchget|lookup|search|select|check|receive|query|scan|download)/i;

/** The action, or whatever its pattern stands for, only reads, as far as its name tells. */
export function isReading(action: string): boolean {
  return READING.test(action);
}
