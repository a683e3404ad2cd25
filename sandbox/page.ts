// Lists come in pages: what reads only the first page must fail here as it would in AWS.

/** Items from the place that `Marker` names, at most `MaxItems` (100 where the caller does not say). */
export function page<Item>(
  items: Item[],
  { Marker, MaxItems }: { Marker?: string | undefined; MaxItems?: number | undefined },
): Page<Item> {
  const from = Number(Marker ?? 0);
  const to = from + (MaxItems ?? 100);
  const shown = items.slice(from, to);
  return to < items.length ? { shown, IsTruncated: true, Marker: String(to) } : { shown, IsTruncated: false };
}

type Page<Item> = { shown: Item[]; IsTruncated: boolean; Marker?: string };
