import type { ForeignFile } from './foreignFile.ts';

/** Token requests as commands of shells. */
export const commands: readonly ForeignFile[] = [
  ...[
    '--data-urlencode client_secret@secret.txt',
    "--data-urlencode 'client_secret@secret.txt'",
    '--data-urlencode @all.txt',
    '-d @body.txt',
    '--data-binary @body.txt',
    '-F client_secret=@secret.txt',
    "-F 'client_secret=<secret.txt'",
    '-d client_secret=$(cat secret.txt)',
    '-d "client_secret=$(pass show orders)"',
    '-d client_secret=`cat secret.txt`',
    '--variable %SECRET --expand-data "client_secret={{SECRET}}"',
    '--netrc',
    '-K orders.curlrc',
    '--oauth2-bearer x',
  ].map((option): ForeignFile => ({
    name: `curl ${option}`,
    text: `curl https://orders.example/token -d grant_type=client_credentials -d client_id=id-orders ${option}`,
    gives: ['open id-orders client_credentials orders.example'],
  })),
  {
    name: 'curl --data-urlencode =content and content',
    text: "curl https://orders.example/token --data-urlencode '=grant_type=client_credentials' --data-urlencode client_id=id-orders --data-urlencode 'client_secret=s3cr3t-orders'",
    gives: [],
  },
  {
    name: 'two curl commands with comments between them',
    fileName: 'tokens.sh',
    text: `#!/bin/bash
# curl https://old.example/token -d client_secret=LEAK-old
curl -s https://orders.example/token \\
  -u id-orders:s3cr3t-orders \\
  -d grant_type=client_credentials
# dev
curl -s https://billing.example/token -d grant_type=client_credentials -d client_id=id-billing
`,
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'ready id-billing client_credentials billing.example',
    ],
  },
  {
    name: 'PowerShell: a table in a variable',
    fileName: 'token.ps1',
    text: `# $body = @{ client_secret = 'LEAK-old' }
$body = @{
    grant_type    = 'client_credentials'
    client_id     = 'id-orders'
    client_secret = 's3cr3t-orders'
    scope         = "api/.default"
}
$response = Invoke-RestMethod -Method Post -Uri 'https://orders.example/token' -Body $body
`,
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: 'PowerShell: variables in a table, a URL in one, two requests',
    fileName: 'token.ps1',
    text: `$clientId = "id-orders"
$clientSecret = "s3cr3t-orders"
$tokenUrl = "https://orders.example/token"
$body = @{ grant_type = "client_credentials"; client_id = $clientId; client_secret = $clientSecret }
$one = Invoke-RestMethod -Uri $tokenUrl -Method POST -Body $body
$other = @{ grant_type = "client_credentials"; client_id = "id-billing"; client_secret = $env:BILLING_SECRET }
$two = Invoke-RestMethod -Uri "https://billing.example/token" -Method POST -Body $other
`,
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'open id-billing client_credentials billing.example',
    ],
    says: [/BILLING_SECRET/],
  },
  {
    name: 'PowerShell: a here-string as the body',
    fileName: 'token.ps1',
    text: `$body = @"
grant_type=client_credentials&client_id=id-orders&client_secret=s3cr3t-orders
"@
Invoke-WebRequest -Uri https://orders.example/token -Method POST -Body $body -ContentType 'application/x-www-form-urlencoded'
`,
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: 'PowerShell: a variable that is set twice, each time for its own request',
    fileName: 'token.ps1',
    text: `$body = @{ grant_type = 'client_credentials'; client_id = 'id-orders'; client_secret = 's3cr3t-orders' }
Invoke-RestMethod -Method Post -Uri https://orders.example/token -Body $body
$body = @{ grant_type = 'client_credentials'; client_id = 'id-billing' }
Invoke-RestMethod -Method Post -Uri https://billing.example/token -Body $body
`,
    gives: [
      'ready id-orders client_credentials orders.example secret',
      'ready id-billing client_credentials billing.example',
    ],
  },
  {
    name: 'PowerShell: a function with comments, of which one has a quote',
    fileName: 'token.ps1',
    text: `<#
 client_secret = 'LEAK-help'
#>
function Get-Token {
    param([string]$Scope = 'x')
    $body = @{
        grant_type = 'client_credentials' # don't change
        client_id = 'id-orders'
        # client_secret = 'LEAK-old'
        client_secret = 's3cr3t-orders'
    }
    return (Invoke-RestMethod -Method Post \`
        -Uri "https://orders.example/token" \`
        -Body $body).access_token
}
Get-Token
`,
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
  {
    name: 'PowerShell: splatting',
    fileName: 'token.ps1',
    text: `$params = @{
  Uri = 'https://orders.example/token'
  Method = 'Post'
  Body = @{ grant_type = 'client_credentials'; client_id = 'id-orders'; client_secret = 's3cr3t-orders' }
}
Invoke-RestMethod @params
`,
    gives: ['ready id-orders client_credentials orders.example secret'],
  },
];
