import type { ForeignFile } from './foreignFile.ts';

const upper = 'CLIENT_ID = "id-orders"\nTOKEN_URL = "https://orders.dev/token"\n';
const lower = 'client_id = "id-orders"\ntoken_url = "https://orders.dev/token"\n';
const java =
  'static final String CLIENT_ID = "id-orders";\nstatic final String TOKEN_URL = "https://orders.dev/token";\n';
const shell = 'CLIENT_ID=id-orders\nTOKEN_URL=https://orders.dev/token\n';
// In a .properties file it would be a property: there is no other comment than a line of its own.
const secret = 'CLIENT_SECRET=of-nobody';

/** Programs and scripts, pasted without a name, with a secret in what they only quote; by what quotes it. */
const withoutName: Readonly<Record<string, string>> = {
  'Python: a docstring above the imports': `"""Example client.\n\nSet it up:\n${secret}\n"""\nimport os\n\n${upper}`,
  'Python: a docstring of a function': `import os\nimport requests\n\ndef get():\n    """Reads it.\n    ${secret}\n    """\n${upper}`,
  'Python: a text': `${upper}DOC = '''\n${secret}\n'''\n`,
  'Python: a text that was cut off': `${upper}DOC = """\n${secret}\n`,
  'Python: texts below each other': `${upper}parser.add_argument(help=(\n  "first"\n  "${secret}"\n))\n`,
  'Java: texts that are put together': `${java}String help = "Usage:\\n" +\n"${secret}\\n";\n`,
  'Java: a comment, and a text': `${java}/**\n ${secret}\n */\nString help = """\n${secret}\n""";\n`,
  'JavaScript: a comment': `${upper}/* as of\n${secret}\n*/\n`,
  'JavaScript: a template that is handed over': `${upper}console.log(\`Usage:\n${secret}\n\`);\n`,
  'JavaScript: a template that is named': `module.exports.help = \`\n${secret}\n\`;\n${upper}`,
  'Go: a raw string': `package main\n\nconst usage = \`\n${secret}\n\`\n\nconst ClientID = "id-orders"\nconst TokenURL = "https://orders.dev/token"\n`,
  'Ruby: a comment': `=begin\n${secret}\n=end\n${upper}`,
  'Ruby: here-documents': `${upper}puts <<~HELP\n  ${secret}\nHELP\nhelp = <<~help\n${secret}\nhelp\n`,
  'Ruby: what stands behind the program': `${upper}__END__\n${secret}\n`,
  'Perl: its documentation': `=head1 NAME\n${secret}\n=cut\n$client_id = "id-orders";\n$token_url = "https://orders.dev/token";\n`,
  'PHP: a comment, and a here-document': `/*\n${secret}\n*/\n$help = <<<EOT\n${secret}\nEOT;\n$clientId = 'id-orders';\n$tokenUrl = 'https://orders.dev/token';\n`,
  'PowerShell: a comment, and a here-string': `<#\n${secret}\n#>\n$clientId = 'id-orders'\n$tokenUrl = 'https://orders.dev/token'\n$help = @"\nSay "this" first\n${secret}\n"@\n`,
  'Lua: a comment': `--[[\n${secret}\n]]\n${lower}`,
  'Haskell and Julia: comments': `${lower}{-\n${secret}\n-}\n#=\n${secret}\n=#\n`,
  'Rust: a raw string': `const CLIENT_ID: &str = "id-orders";\nconst TOKEN_URL: &str = "https://orders.dev/token";\nconst HELP: &str = r#"\n${secret}\n"#;\n`,
  'Terraform: a here-document': `${lower}user_data = <<-EOF\n  ${secret}\nEOF\n`,
  'Shell: here-documents': `#!/bin/sh\ncat <<EOT\n${secret}\nEOT\ncat <<'eof' | more\n${secret}\neof\n${shell}`,
  'Shell: a text, and a comment that is one': `${shell}echo "Usage:\n${secret}\n"\n: '\n${secret}\n'\n`,
  'HTML: a comment': `<!--\n${secret}\n-->\n${upper}`,
  'YAML that is broken: a text': `CLIENT_ID: id-orders\nTOKEN_URL: https://orders.dev/token\nhelp: |\n  ${secret}\na: {\n`,
};

/** The same of files, whose names say the language. */
const withName: Readonly<Record<string, string>> = {
  'client.rb': `${lower}puts "Usage:\nCLIENT_SECRET='of-nobody'\n"\nputs <<~HELP\n  client_secret = "of-nobody"\nHELP\n=begin\nclient_secret = "of-nobody"\n=end\n`,
  'client.php': `<?php\n$client_id = 'id-orders';\n$token_url = 'https://orders.dev/token';\necho "Usage:\n$client_secret = 'of-nobody';\n";\n$help = <<<EOT\n$client_secret = 'of-nobody';\nEOT;\n`,
  'client.rs': `const CLIENT_ID: &str = "id-orders";\nconst TOKEN_URL: &str = "https://orders.dev/token";\nconst HELP: &str = r#"\nclient_secret = "of-nobody"\n"#;\n`,
  'client.tf': `${lower}user_data = <<-EOF\n  client_secret = "of-nobody"\nEOF\n`,
};

/** What is only quoted names nothing; made up after what each language has. */
export const quotedTexts: readonly ForeignFile[] = [
  ...Object.entries(withoutName).map(([name, text]) => ({
    ...{ name, text },
    gives: ['ready id-orders client_credentials orders.dev'],
  })),
  ...Object.entries(withName).map(([fileName, text]) => ({
    ...{ name: `quoted in ${fileName}`, fileName, text },
    gives: ['ready id-orders client_credentials orders.dev'],
  })),
  {
    name: 'Shell: a here-document that is a file of its own',
    text: `CLIENT_ID=id-billing
TOKEN_URL=https://billing.dev/token
cat > .env <<EOF
CLIENT_ID=id-orders
CLIENT_SECRET=s3cr3t-orders
TOKEN_URL=https://orders.dev/token
EOF
`,
    gives: [
      'ready id-billing client_credentials billing.dev',
      'ready id-orders client_credentials orders.dev secret',
    ],
  },
  {
    name: 'variables: signs of comments, and apostrophes, that are none',
    fileName: '.env',
    text: `# don't
CLIENT_ID=id-orders
ALLOWED=https://a/*
PATHS=/api/*
QUARKUS_HTTP_AUTH_PERMISSION_AUTHENTICATED_PATHS=/*
PURGE_PATHS=/api/*, /*, /images/*
SKIP=[/*]
LOG = /***/**/*/frps.log
- /*
OWNER=O'Brien
GREETING='tis
CLIENT_SECRET=s3cr3t-orders
CRON=*/5 * * * *
SIZE="3
TOKEN_URL=https://orders.dev/token
OTHER='x'
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
  {
    name: 'Python: a call in a docstring sends nothing anywhere',
    fileName: 'client.py',
    text: `"""
    requests.post("https://other.dev/token", data={"grant_type": "client_credentials", "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET})
"""
import requests
CLIENT_ID = "id-orders"
CLIENT_SECRET = "s3cr3t-orders"
requests.post("https://orders.dev/token", data={"grant_type": "client_credentials", "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET})
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
  {
    name: 'JavaScript: a call in a comment sends nothing anywhere',
    fileName: 'client.js',
    text: `/*
 fetch("https://other.dev/token", { method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials', client_id: CLIENT_ID, client_secret: CLIENT_SECRET }) })
*/
const CLIENT_ID = "id-orders"
const CLIENT_SECRET = "s3cr3t-orders"
`,
    gives: ['open id-orders client_credentials - secret'],
  },
];
