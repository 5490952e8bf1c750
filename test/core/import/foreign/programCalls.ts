import { base64, type ForeignFile } from './foreignFile.ts';

/** Token requests as browsers copy them, and as programs make them. */
export const programCalls: readonly ForeignFile[] = [
  {
    name: 'Copy as fetch: a token request with HTTP Basic',
    text: `fetch("https://login.orders.example/oauth/token", {
  "headers": {
    "accept": "application/json",
    "authorization": "Basic ${base64('id-orders:s3cr3t-orders')}",
    "content-type": "application/x-www-form-urlencoded",
    "sec-fetch-mode": "cors"
  },
  "referrer": "https://app.orders.example/",
  "body": "grant_type=client_credentials&scope=read%20write",
  "method": "POST",
  "mode": "cors",
  "credentials": "include"
});`,
    gives: ['ready id-orders client_credentials login.orders.example secret'],
  },
  {
    name: 'Copy as fetch (Node.js): a code’s exchange, with cookies',
    text: `fetch("https://orders.example/token", {
  "headers": {
    "accept": "*/*",
    "cookie": "session=LEAK",
    "Referer": "https://app.example/"
  },
  "body": "grant_type=authorization_code&code=LEAK&client_id=id-orders&client_secret=s3cr3t-orders&redirect_uri=https%3A%2F%2Fapp.example%2Fcb&code_verifier=LEAK",
  "method": "POST"
});`,
    gives: ['open id-orders authorization_code orders.example secret'],
    says: [/authorizationEndpoint is missing/, /https:\/\/app\.example\/cb belongs to another application/],
  },
  {
    name: 'Copy all as fetch: two token requests among others',
    text: `fetch("https://app.example/a.js", {
  "headers": { "accept": "*/*" },
  "body": null,
  "method": "GET"
}); ;
fetch("https://orders.example/token", {
  "headers": {
    "content-type": "application/json"
  },
  "body": "{\\"grant_type\\":\\"client_credentials\\",\\"client_id\\":\\"id-orders\\",\\"client_secret\\":\\"s3cr3t-orders\\",\\"audience\\":\\"https://api.orders.example\\"}",
  "method": "POST"
}); ;
fetch("https://billing.example/token", {
  "headers": { "authorization": "Basic ${base64('id-billing:s3cr3t-billing')}" },
  "body": "grant_type=client_credentials\\u0026scope=x",
  "method": "POST"
});`,
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'ready id-billing client_credentials billing.example secret',
    ],
  },
  {
    name: 'Copy as fetch: the request of an API',
    text: `await fetch("https://api.example/orders?client_id=5", {
    "credentials": "omit",
    "headers": { "Authorization": "Bearer LEAK" },
    "method": "GET",
    "mode": "cors"
});`,
    gives: [],
    says: [/The call of fetch to api\.example is not a token request/],
  },
  {
    name: 'JavaScript: fetch, axios and got, what is computed stays open',
    fileName: 'token.js',
    text: `// fetch("https://orders.example/token", { body: "grant_type=client_credentials&client_id=LEAK" })
const res = await fetch('https://orders.example/token', {
  method: 'POST',
  body: new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: 'id-orders',
    client_secret: 's3cr3t-orders',
  }),
});
const billing = await axios.post('https://billing.example/token', new URLSearchParams({
  grant_type: 'client_credentials',
}), { auth: { username: 'id-billing', password: process.env.SECRET } });
const mail = await axios.post('https://mail.example/token', qs.stringify({ 'grant_type': 'client_credentials', client_id: 'id-mail', client_secret: 's3cr3t-mail' }), { headers });
const web = await fetch(\`https://web.example/token\`, { method: 'POST', headers: { Authorization: 'Basic ' + btoa(id + ':' + secret) }, body: 'grant_type=client_credentials' });
const shop = await got.post("https://shop.example/token", { json: { grant_type: "client_credentials", client_id: "id-shop", client_secret: "s3cr3t-shop" } });
`,
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'open id-billing client_credentials billing.example',
      'ready id-mail client_credentials mail.example secret',
      'open - client_credentials web.example',
      'ready id-shop client_credentials shop.example secret',
    ],
    says: [/\$\{SECRET\}/, /proves itself with an Authorization header/],
  },
  {
    name: 'Python: requests and httpx beside a configuration',
    fileName: 'token.py',
    text: `import requests, httpx
# requests.post("https://orders.example/t", data={"grant_type": "client_credentials", "client_id": "LEAK"})
r = requests.post(
    "https://orders.example/token",
    data={"grant_type": "client_credentials", "scope": "a b"},
    auth=("id-orders", "s3cr3t-orders"),
)
s = httpx.post(url="https://billing.example/token", data={'grant_type': 'client_credentials', 'client_id': 'id-billing', 'client_secret': os.environ["SECRET"]})
WEB = {"client_id": "id-web", "issuer": "https://web.example"}
`,
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'open id-billing client_credentials billing.example',
      'ready id-web client_credentials web.example',
    ],
  },
];
