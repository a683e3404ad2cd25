// A process that counts in a state file, for the test that runs several of them: `store.counter.ts FILE TIMES`.
import { sqliteStore } from '../adapters/sqlite.ts';

const [file = '', times = '0'] = process.argv.slice(2);
const store = sqliteStore(file);

for (let done = 0; done < Number(times); ) {
  const item = await store.get({ partition: 'p', sort: 'n' });
  const count = Number(item?.value.count ?? 0) + 1;
  if (await store.write([{ partition: 'p', sort: 'n', expect: item?.version ?? 0, value: { count } }])) done += 1;
}
store.close();
