import type { ForeignFile } from './foreignFile.ts';

/** Settings of programs that sign users in or take messages in, as their own manuals have them. */
export const selfHosted: readonly ForeignFile[] = [
  {
    // @see https://element-hq.github.io/synapse/latest/openid.html
    name: 'Synapse: three providers, a secret that stands in a file',
    fileName: 'homeserver.yaml',
    text: `server_name: "orders.dev"
oidc_providers:
  - idp_id: keycloak
    idp_name: "My KeyCloak server"
    issuer: "https://orders.dev/realms/{realm_name}"
    client_id: "id-orders"
    client_secret: "s3cr3t-orders"
    scopes: ["openid", "profile"]
    user_mapping_provider:
      config:
        localpart_template: "{{ user.preferred_username }}"
  - idp_id: github
    idp_name: Github
    discover: false
    issuer: "https://github.com/"
    client_id: "id-github"
    client_secret: "s3cr3t-github"
    authorization_endpoint: "https://github.com/login/oauth/authorize"
    token_endpoint: "https://github.com/login/oauth/access_token"
    userinfo_endpoint: "https://api.github.com/user"
    scopes: ["read:user"]
  - idp_id: dex
    idp_name: "My Dex server"
    skip_verification: true
    issuer: "https://billing.dev/dex"
    client_id: "id-billing"
    client_secret_path: /run/secret
    client_auth_method: "client_secret_post"
`,
    gives: [
      'open id-orders authorization_code - secret',
      'ready id-github authorization_code github.com secret',
      'open id-billing authorization_code billing.dev',
    ],
    says: [/client_secret_path/],
  },
  {
    // @see https://docs.gitlab.com/administration/auth/oidc/
    name: 'GitLab: omniauth_providers, the secret in the form',
    fileName: 'gitlab.rb',
    text: `external_url 'https://gitlab.example.com'
gitlab_rails['omniauth_providers'] = [
  {
    name: "openid_connect",
    label: "Provider name",
    args: {
      name: "openid_connect",
      scope: ["openid","profile","email"],
      response_type: "code",
      issuer: "https://orders.dev",
      discovery: true,
      client_auth_method: "query",
      uid_field: "uid",
      pkce: true,
      client_options: {
        identifier: "id-orders",
        secret: "s3cr3t-orders",
        redirect_uri: "https://gitlab.example.com/users/auth/openid_connect/callback"
      }
    }
  },
  { name: "google_oauth2", app_id: "id-google", app_secret: "s3cr3t-google", args: { access_type: "offline", approval_prompt: "" } }
]
`,
    gives: [
      'ready id-orders authorization_code orders.dev secret',
      'ready id-google authorization_code accounts.google.com secret',
    ],
  },
  {
    // @see https://github.com/pulsejet/nextcloud-oidc-login
    name: 'Nextcloud: oidc_login',
    fileName: 'config.php',
    text: `<?php
$CONFIG = array (
  'oidc_login_provider_url' => 'https://orders.dev/realms/master',
  'oidc_login_client_id' => 'id-orders',
  'oidc_login_client_secret' => 's3cr3t-orders',
  'oidc_login_scope' => 'openid profile',
  'passwordsalt' => 'LEAK',
);
`,
    gives: ['ready id-orders authorization_code orders.dev secret'],
  },
  {
    name: 'Mastodon: OIDC_ variables',
    fileName: '.env.production',
    text: `OIDC_ENABLED=true
OIDC_DISPLAY_NAME=Keycloak
OIDC_DISCOVERY=true
OIDC_ISSUER=https://orders.dev/realms/x
OIDC_AUTH_ENDPOINT=https://orders.dev/realms/x/protocol/openid-connect/auth
OIDC_SCOPE=openid,profile,email
OIDC_UID_FIELD=preferred_username
OIDC_CLIENT_ID=id-orders
OIDC_CLIENT_SECRET=s3cr3t-orders
OIDC_REDIRECT_URI=https://mastodon.example/auth/auth/openid_connect/callback
SECRET_KEY_BASE=LEAK
OTP_SECRET=LEAK
`,
    gives: ['ready id-orders authorization_code orders.dev secret'],
  },
  {
    // @see https://docs.immich.app/install/config-file
    name: 'Immich: oauth in its configuration',
    fileName: 'immich.json',
    text: `{"oauth":{"autoLaunch":false,"autoRegister":true,"buttonText":"Login","clientId":"id-orders","clientSecret":"s3cr3t-orders","defaultStorageQuota":0,"enabled":true,"issuerUrl":"https://orders.dev/.well-known/openid-configuration","mobileOverrideEnabled":true,"mobileRedirectUri":"https://m.orders.dev/cb","scope":"openid email","signingAlgorithm":"RS256","profileSigningAlgorithm":"none","tokenEndpointAuthMethod":"client_secret_post","timeout":30000}}
`,
    gives: ['ready id-orders authorization_code orders.dev secret'],
  },
  {
    // @see https://docs.paperless-ngx.com/configuration/
    name: 'Paperless: providers as JSON in a variable',
    fileName: 'paperless.env',
    text: `PAPERLESS_APPS=allauth.socialaccount.providers.openid_connect
PAPERLESS_SOCIALACCOUNT_PROVIDERS='{"openid_connect": {"APPS": [{"provider_id": "authentik","name": "Authentik","client_id": "id-orders","secret": "s3cr3t-orders","settings": {"server_url": "https://orders.dev/application/o/paperless/.well-known/openid-configuration"}}], "OAUTH_PKCE_ENABLED": "True"}}'
PAPERLESS_SECRET_KEY=LEAK
`,
    gives: ['ready id-orders authorization_code orders.dev secret'],
  },
  {
    name: 'Vikunja: what it calls authurl is the issuer, so that it stays open',
    fileName: 'config.yml',
    text: `auth:
  openid:
    enabled: true
    redirecturl: https://vikunja.dev/auth/openid/
    providers:
      - name: authelia
        authurl: https://orders.dev
        clientid: id-orders
        clientsecret: s3cr3t-orders
        scope: openid profile email
`,
    gives: ['open id-orders authorization_code orders.dev secret'],
  },
  {
    // @see https://miniflux.app/docs/configuration.html
    name: 'Miniflux: a discovery endpoint',
    fileName: 'miniflux.env',
    text: `OAUTH2_PROVIDER=oidc
OAUTH2_CLIENT_ID=id-orders
OAUTH2_CLIENT_SECRET=s3cr3t-orders
OAUTH2_REDIRECT_URL=https://miniflux.dev/oauth2/oidc/callback
OAUTH2_OIDC_DISCOVERY_ENDPOINT=https://orders.dev/application/o/miniflux/
OAUTH2_USER_CREATION=1
ADMIN_PASSWORD=LEAK
`,
    gives: ['ready id-orders authorization_code orders.dev secret'],
  },
  {
    name: 'HedgeDoc: OAuth 2 beside GitHub',
    fileName: 'hedgedoc.env',
    text: `CMD_SESSION_SECRET=LEAK
CMD_OAUTH2_USER_PROFILE_URL=https://orders.dev/userinfo
CMD_OAUTH2_USER_PROFILE_USERNAME_ATTR=preferred_username
CMD_OAUTH2_TOKEN_URL=https://orders.dev/token
CMD_OAUTH2_AUTHORIZATION_URL=https://orders.dev/auth
CMD_OAUTH2_CLIENT_ID=id-orders
CMD_OAUTH2_CLIENT_SECRET=s3cr3t-orders
CMD_OAUTH2_PROVIDERNAME=Keycloak
CMD_OAUTH2_SCOPE=openid email profile
CMD_GITHUB_CLIENTID=id-github
CMD_GITHUB_CLIENTSECRET=s3cr3t-github
`,
    gives: [
      'ready id-orders authorization_code orders.dev secret',
      'ready id-github authorization_code github.com secret',
    ],
  },
  {
    name: 'BookStack: OIDC beside other keys',
    fileName: 'bookstack.env',
    text: `AUTH_METHOD=oidc
OIDC_NAME=SSO
OIDC_CLIENT_ID=id-orders
OIDC_CLIENT_SECRET=s3cr3t-orders
OIDC_ISSUER=https://orders.dev
OIDC_ISSUER_DISCOVER=true
OIDC_PUBLIC_KEY=file:///keys/idp-public-key.pem
OIDC_AUTH_ENDPOINT=https://orders.dev/auth
OIDC_TOKEN_ENDPOINT=https://orders.dev/token
OIDC_ADDITIONAL_SCOPES=roles
APP_KEY=base64:LEAK
`,
    gives: ['ready id-orders authorization_code orders.dev secret'],
  },
  {
    // @see https://docs.openwebui.com/features/auth/sso/
    name: 'Open WebUI: three providers, one by its tenant',
    fileName: 'openwebui.env',
    text: `ENABLE_OAUTH_SIGNUP=true
OAUTH_CLIENT_ID=id-orders
OAUTH_CLIENT_SECRET=s3cr3t-orders
OPENID_PROVIDER_URL=https://orders.dev/.well-known/openid-configuration
OAUTH_PROVIDER_NAME=Authentik
OAUTH_SCOPES=openid email profile
OPENID_REDIRECT_URI=https://chat.dev/oauth/oidc/callback
WEBUI_SECRET_KEY=LEAK
GOOGLE_CLIENT_ID=id-google
GOOGLE_CLIENT_SECRET=s3cr3t-google
MICROSOFT_CLIENT_ID=id-microsoft
MICROSOFT_CLIENT_SECRET=s3cr3t-microsoft
MICROSOFT_CLIENT_TENANT_ID=11111111-2222-3333-4444-555555555555
`,
    gives: [
      'ready id-orders authorization_code orders.dev secret',
      'ready id-google authorization_code accounts.google.com secret',
      'ready id-microsoft client_credentials login.microsoftonline.com secret',
    ],
  },
  {
    name: 'LibreChat: providers, one of which is empty',
    fileName: 'librechat.env',
    text: `DISCORD_CLIENT_ID=
DISCORD_CLIENT_SECRET=
DISCORD_CALLBACK_URL=/oauth/discord/callback
GITHUB_CLIENT_ID=id-github
GITHUB_CLIENT_SECRET=s3cr3t-github
GITHUB_CALLBACK_URL=/oauth/github/callback
# GITHUB_ENTERPRISE_BASE_URL=
OPENID_CLIENT_ID=id-orders
OPENID_CLIENT_SECRET=s3cr3t-orders
OPENID_ISSUER=https://orders.dev
OPENID_SESSION_SECRET=LEAK
OPENID_SCOPE="openid profile email"
OPENID_CALLBACK_URL=/oauth/openid/callback
JWT_SECRET=LEAK
JWT_REFRESH_SECRET=LEAK
`,
    gives: [
      'ready id-github authorization_code github.com secret',
      'ready id-orders authorization_code orders.dev secret',
    ],
  },
  {
    name: 'Headscale: parameters of its own',
    fileName: 'headscale.yaml',
    text: `server_url: http://127.0.0.1:8080
oidc:
  only_start_if_oidc_is_available: true
  issuer: "https://orders.dev"
  client_id: "id-orders"
  client_secret: "s3cr3t-orders"
  # client_secret_path: "\${CREDENTIALS_DIRECTORY}/oidc_client_secret"
  expiry: 180d
  scope: ["openid", "profile", "email", "custom"]
  extra_params:
    domain_hint: example.com
  pkce:
    enabled: false
    method: S256
`,
    gives: ['ready id-orders authorization_code orders.dev secret'],
    says: [/Not taken over: “extra_params”/],
  },
  {
    name: 'NetBird: a client for users, one for devices, one of its own',
    fileName: 'setup.env',
    text: `NETBIRD_DOMAIN="netbird.dev"
NETBIRD_AUTH_OIDC_CONFIGURATION_ENDPOINT="https://orders.dev/.well-known/openid-configuration"
NETBIRD_USE_AUTH0=false
NETBIRD_AUTH_AUDIENCE="id-orders"
NETBIRD_AUTH_CLIENT_ID="id-orders"
NETBIRD_AUTH_CLIENT_SECRET=""
NETBIRD_AUTH_SUPPORTED_SCOPES="openid profile email offline_access api"
NETBIRD_AUTH_REDIRECT_URI="/auth"
NETBIRD_AUTH_DEVICE_AUTH_PROVIDER="hosted"
NETBIRD_AUTH_DEVICE_AUTH_CLIENT_ID="id-orders-device"
NETBIRD_MGMT_IDP="keycloak"
NETBIRD_IDP_MGMT_CLIENT_ID="id-orders-backend"
NETBIRD_IDP_MGMT_CLIENT_SECRET="s3cr3t-orders-backend"
NETBIRD_IDP_MGMT_EXTRA_ADMIN_ENDPOINT="https://orders.dev/admin/realms/netbird"
`,
    gives: ['ready id-orders authorization_code orders.dev'],
    says: [/NETBIRD_IDP_MGMT/],
  },
  {
    name: 'Argo Workflows: id and secret by reference',
    fileName: 'workflow-controller-configmap.yaml',
    text: `sso:
  issuer: https://orders.dev/dex
  sessionExpiry: 240h
  clientId:
    name: client-id-secret
    key: client-id-key
  clientSecret:
    name: client-secret-secret
    key: client-secret-key
  redirectUrl: https://argo-server/oauth2/callback
  scopes:
  - groups
`,
    gives: ['open - authorization_code orders.dev'],
    says: [/client secret holds the placeholder/],
  },
  {
    // @see https://kubernetes.io/docs/reference/access-authn-authz/authentication/
    name: 'kubectl: users by a provider and by a plugin',
    fileName: 'config',
    text: `apiVersion: v1
kind: Config
users:
- name: mmosley
  user:
    auth-provider:
      config:
        client-id: id-orders
        client-secret: s3cr3t-orders
        id-token: LEAK
        idp-certificate-authority: /root/ca.pem
        idp-issuer-url: https://orders.dev:8443/auth/idp/OidcIdP
        refresh-token: LEAK
      name: oidc
- name: oidc
  user:
    exec:
      apiVersion: client.authentication.k8s.io/v1beta1
      command: kubectl
      args:
      - oidc-login
      - get-token
      - --oidc-issuer-url=https://billing.dev
      - --oidc-client-id=id-billing
      - --oidc-client-secret=s3cr3t-billing
      - --oidc-extra-scope=email
`,
    gives: [
      'ready id-orders authorization_code orders.dev:8443 secret',
      'ready id-billing authorization_code billing.dev secret',
    ],
  },
  {
    name: 'Pomerium: idp_ settings',
    fileName: 'pomerium.yaml',
    text: `authenticate_service_url: https://authenticate.localhost.pomerium.io
idp_provider: oidc
idp_provider_url: https://orders.dev
idp_client_id: id-orders
idp_client_secret: s3cr3t-orders
cookie_secret: LEAK
`,
    gives: ['ready id-orders authorization_code orders.dev secret'],
  },
  {
    name: 'Vouch: addresses with short names',
    fileName: 'vouch.yml',
    text: `vouch:
  jwt: { secret: LEAK }
oauth:
  provider: oidc
  client_id: id-orders
  client_secret: s3cr3t-orders
  auth_url: https://orders.dev/oauth/authorize
  token_url: https://orders.dev/oauth/token
  user_info_url: https://orders.dev/oauth/userinfo
  scopes:
    - openid
    - email
  callback_url: http://vouch.dev:9090/auth
`,
    gives: ['ready id-orders authorization_code orders.dev secret'],
  },
  {
    // @see https://rclone.org/drive/
    name: 'rclone: remotes with tokens',
    fileName: 'rclone.conf',
    text: `[gdrive]
type = drive
client_id = id-google
client_secret = s3cr3t-google
scope = drive
token = {"access_token":"LEAK","token_type":"Bearer","refresh_token":"LEAK","expiry":"2024-01-01T00:00:00Z"}
team_drive = 

[onedrive]
type = onedrive
client_id = id-login
client_secret = s3cr3t-login
token = {"access_token":"LEAK"}
drive_id = b!x
`,
    gives: ['open id-google client_credentials - secret', 'open id-login client_credentials - secret'],
  },
  {
    name: 'gcloud: application default credentials of a user',
    fileName: 'adc.json',
    text: `{"account":"","client_id":"id-google","client_secret":"s3cr3t-google","refresh_token":"LEAK","type":"authorized_user","universe_domain":"googleapis.com"}
`,
    gives: ['ready id-google authorization_code oauth2.googleapis.com secret'],
  },
  {
    // @see https://kafka.apache.org/documentation/#security_sasl_oauthbearer
    name: 'Kafka: a client in a line of JAAS',
    fileName: 'client.properties',
    text: `security.protocol=SASL_SSL
sasl.mechanism=OAUTHBEARER
sasl.login.callback.handler.class=org.apache.kafka.common.security.oauthbearer.secured.OAuthBearerLoginCallbackHandler
sasl.oauthbearer.token.endpoint.url=https://orders.dev/oauth2/v1/token
sasl.jaas.config=org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required \\
  clientId="id-orders" \\
  clientSecret="s3cr3t-orders" \\
  scope="kafka" \\
  extension_logicalCluster="lkc-1";
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
  {
    name: 'Kafka: a producer and a consumer with clients of their own',
    fileName: 'producer.properties',
    text: `bootstrap.servers=x:9092
producer.sasl.oauthbearer.token.endpoint.url=https://orders.dev/token
producer.sasl.oauthbearer.client.credentials.client.id=id-orders
producer.sasl.oauthbearer.client.credentials.client.secret=s3cr3t-orders
consumer.sasl.oauthbearer.token.endpoint.url=https://billing.dev/token
consumer.sasl.jaas.config=org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required clientId='id-billing' clientSecret="s3cr3t-billing" ;
`,
    gives: [
      'ready id-orders client_credentials orders.dev secret',
      'ready id-billing client_credentials billing.dev secret',
    ],
  },
  {
    name: 'Snowflake: two connections',
    fileName: 'connections.toml',
    text: `[default]
account = "myorg-acct"
authenticator = "OAUTH_CLIENT_CREDENTIALS"
oauth_client_id = "id-orders"
oauth_client_secret = "s3cr3t-orders"
oauth_token_request_url = "https://orders.dev/oauth2/token"
oauth_scope = "session:role:x"

[web]
authenticator = "OAUTH_AUTHORIZATION_CODE"
oauth_client_id = "id-billing"
oauth_client_secret = "s3cr3t-billing"
oauth_authorization_url = "https://billing.dev/authorize"
oauth_token_request_url = "https://billing.dev/token"
oauth_redirect_uri = "http://127.0.0.1:8001"
`,
    gives: [
      'ready id-orders client_credentials orders.dev secret',
      'ready id-billing authorization_code billing.dev secret',
    ],
  },
  {
    name: 'Trino: oauth2 in .properties',
    fileName: 'config.properties',
    text: `http-server.authentication.type=oauth2
http-server.https.port=8443
http-server.authentication.oauth2.issuer=https://orders.dev
http-server.authentication.oauth2.auth-url=https://orders.dev/authorize
http-server.authentication.oauth2.token-url=https://orders.dev/token
http-server.authentication.oauth2.jwks-url=https://orders.dev/jwks
http-server.authentication.oauth2.client-id=id-orders
http-server.authentication.oauth2.client-secret=s3cr3t-orders
http-server.authentication.oauth2.scopes=openid
internal-communication.shared-secret=LEAK
`,
    gives: ['ready id-orders authorization_code orders.dev secret'],
  },
  {
    name: 'Elasticsearch: a realm of rp and op',
    fileName: 'elasticsearch.yml',
    text: `xpack.security.authc.realms.oidc.oidc1:
  order: 2
  rp.client_id: "id-orders"
  rp.response_type: code
  rp.redirect_uri: "https://kibana.example.org:5601/api/security/oidc/callback"
  op.issuer: "https://orders.dev"
  op.authorization_endpoint: "https://orders.dev/oauth2/v1/authorize"
  op.token_endpoint: "https://orders.dev/oauth2/v1/token"
  op.jwkset_path: oidc/jwkset.json
  claims.principal: sub
`,
    gives: ['ready id-orders authorization_code orders.dev'],
  },
  {
    name: 'Step CI: a workflow’s oauth',
    fileName: 'workflow.yml',
    text: `version: "1.1"
name: Auth
env:
  host: orders.dev
tests:
  oauth:
    steps:
      - name: OAuth 2.0
        http:
          url: https://api.orders.dev
          method: GET
          auth:
            oauth:
              endpoint: https://orders.dev/oauth/token
              client_id: id-orders
              client_secret: \${{secrets.secret}}
`,
    gives: ['open id-orders client_credentials -'],
  },
  {
    name: 'Airflow: sections of a configuration',
    fileName: 'airflow.cfg',
    text: `[webserver]
secret_key = LEAK

[keycloak_auth_manager]
client_id = id-orders
client_secret = s3cr3t-orders
realm = airflow
server_url = https://orders.dev

[smtp]
smtp_password = LEAK
`,
    gives: ['ready id-orders client_credentials orders.dev secret'],
  },
  {
    name: 'Dovecot: a client that looks tokens up',
    fileName: 'dovecot-oauth2.conf.ext',
    text: `grant_url = https://orders.dev/token
client_id = id-orders
client_secret = s3cr3t-orders
tokeninfo_url = https://orders.dev/tokeninfo?access_token=
introspection_url = https://orders.dev/introspect
introspection_mode = post
use_grant_password = yes
debug = yes
`,
    gives: ['open id-orders client_credentials - secret'],
  },
  {
    name: 'Serverless: a function’s own client takes no server of the provider’s',
    fileName: 'serverless.yml',
    text: `service: orders
provider:
  name: aws
  environment:
    CLIENT_ID: id-orders
    CLIENT_SECRET: \${ssm:/orders/secret}
    TOKEN_URL: https://orders.dev/token
functions:
  web:
    handler: h.x
    environment:
      CLIENT_ID: id-web
      CLIENT_SECRET: s3cr3t-web
`,
    gives: ['open id-orders client_credentials orders.dev'],
    says: [/“web” has a client and a secret, but no server/],
  },
];
