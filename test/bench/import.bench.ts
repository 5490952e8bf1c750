// `import_10mb_ms`: the profiles of a Postman collection of 10 MB, read as the extension does it, with pauses for others.
import { importLongText } from '../../src/core/import/importText.ts';
import { median, result } from './statistics.ts';

const clients = 7;
const request = (index: number) => ({
  name: `Request ${index}`,
  request: {
    method: 'GET',
    url: `https://api.example.com/${index}`,
    description: 'x'.repeat(3000),
    auth: {
      type: 'oauth2',
      oauth2: [
        { key: 'grant_type', value: 'client_credentials' },
        { key: 'accessTokenUrl', value: 'https://as.example.com/token' },
        { key: 'clientId', value: `client-${index % clients}` },
        { key: 'clientSecret', value: `secret-${index % clients}` },
      ],
    },
  },
});
const text = JSON.stringify(
  { info: { name: 'Big' }, item: Array.from({ length: 3000 }, (_, index) => request(index)) },
  undefined,
  2,
);
if (text.length < 10_000_000) throw new Error('The collection is shorter than 10 MB.');

const pause = () => new Promise<void>((resolve) => void setImmediate(resolve));
const times: number[] = [];
for (let round = 0; round <= 7; round++) {
  const started = performance.now();
  const { profiles } = await importLongText(text, { fileName: 'big.postman_collection.json' }, { pause });
  times.push(performance.now() - started);
  if (profiles.length !== clients) throw new Error(`${profiles.length} profiles in place of ${clients}.`);
}
// The first round warms up.
result('import_10mb_ms', median(times.slice(1)), 'ms');
