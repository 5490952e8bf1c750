import type { ForeignFile } from './foreignFile.ts';

/** Commands as more tools write them. */
export const strangeCommands: readonly ForeignFile[] = [
  {
    name: 'curl urlencode file',
    text: 'curl -X POST https://orders.example/token -d grant_type=client_credentials -d client_id=id-orders --data-urlencode client_secret@secret.txt',
    gives: ['open id-orders client_credentials orders.example'],
    says: [/stands in the file secret\.txt/],
  },
  {
    name: 'curl data file whole',
    text: 'curl https://orders.example/token -d @body.txt',
    gives: [],
    says: [/not a token request[\s\S]*body\.txt/],
  },
  {
    name: 'curl env',
    text: 'curl --location "$TOKEN_URL" -u "$CLIENT_ID:$CLIENT_SECRET" -d grant_type=client_credentials',
    gives: ['open - client_credentials -'],
    says: [/tokenEndpoint holds the placeholder \$TOKEN_URL/],
  },
  {
    name: 'curl fish',
    text: `curl --request POST \\
  --url https://orders.example/oauth/token \\
  --header 'content-type: application/json' \\
  --data '{"client_id":"id-orders","client_secret":"s3cr3t-orders","audience":"https://api.orders.example","grant_type":"client_credentials"}'`,
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: 'curl json flag',
    text: 'curl --json \'{"client_id":"id-orders","client_secret":"s3cr3t-orders","grant_type":"client_credentials"}\' https://orders.example/token',
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: 'curl jwt bearer',
    text: 'curl https://orders.example/token -d grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer -d assertion=LEAK -d client_id=id-orders',
    gives: ['ready id-orders jwt_bearer orders.example'],
    says: [/“assertion”/],
  },
  {
    name: 'PowerShell $body',
    fileName: 'a.ps1',
    text: `$tenant = "11111111-2222-3333-4444-555555555555"
$body = @{
  client_id     = 'id-login'
  client_secret = "s3cr3t-login"
  scope         = "https://graph.microsoft.com/.default"
  grant_type    = "client_credentials"
}
$r = Invoke-RestMethod -Method Post -Uri "https://login.microsoftonline.com/$tenant/oauth2/v2.0/token" -Body $body
`,
    gives: ['ready id-login client_credentials login.microsoftonline.com secret'],
  },
  {
    name: 'PowerShell body string',
    fileName: 'a.ps1',
    text: `$body = "grant_type=client_credentials&client_id=id-orders&client_secret=s3cr3t-orders"
Invoke-WebRequest -Uri https://orders.example/token -Method POST -Body $body -ContentType 'application/x-www-form-urlencoded'
`,
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: 'wget',
    text: "wget --quiet --method POST --header 'content-type: application/x-www-form-urlencoded' --body-data 'grant_type=client_credentials&client_id=id-orders&client_secret=s3cr3t-orders' -O - https://orders.example/token",
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: 'httpie',
    text: 'http --form POST https://orders.example/token grant_type=client_credentials client_id=id-orders client_secret=s3cr3t-orders',
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: 'cmd curl',
    text: `curl ^"https://orders.example/token^" ^
  -H ^"Content-Type: application/x-www-form-urlencoded^" ^
  --data-raw ^"grant_type=client_credentials^&client_id=id-orders^&client_secret=s3cr3t-orders^"`,
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: 'PowerShell native curl',
    text: `curl.exe -X POST "https://orders.example/token" \`
  -d "grant_type=client_credentials" \`
  -d "client_id=id-orders" \`
  -d "client_secret=s3cr3t-orders"`,
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: 'PowerShell creds',
    fileName: 'a.ps1',
    text: `$id = Read-Host
$body = @{ grant_type = 'client_credentials'; client_id = $id; client_secret = $env:SECRET }
Invoke-RestMethod https://orders.example/token -Method Post -Body $body
`,
    gives: ['open - client_credentials orders.example'],
  },
  {
    name: 'PowerShell two bodies',
    fileName: 'a.ps1',
    text: `$body = @{ grant_type='client_credentials'; client_id='id-orders'; client_secret='s3cr3t-orders' }
irm -Uri https://orders.example/token -Method Post -Body $body
$body['client_id'] = 'id-billing'
$body.client_secret = 's3cr3t-billing'
irm -Uri https://billing.example/token -Method Post -Body $body
`,
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'ready id-billing client_credentials billing.example secret',
    ],
  },
  {
    name: 'PowerShell: a table and a text that grow, and lose what was in them',
    fileName: 'a.ps1',
    text: `$body = @{ grant_type = 'client_credentials' }
$body.Add('client_id', 'id-orders')
$body += @{ client_secret = 's3cr3t-orders' }
irm -Uri https://orders.example/token -Method Post -Body $body
$body.Remove('client_secret')
$body.client_id = 'id-web'
irm -Uri https://web.example/token -Method Post -Body $body
$form = "grant_type=client_credentials&client_id=id-billing"
$form += '&client_secret=s3cr3t-billing'
irm -Uri https://billing.example/token -Method Post -Body $form
`,
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'ready id-web client_credentials web.example',
      'ready id-billing client_credentials billing.example secret',
    ],
  },
];
