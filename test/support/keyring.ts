import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { removeFolder, temporaryFolder } from './folders.ts';
import { runToEnd, start, waitFor, type Running } from './processes.ts';

/** A desktop session's Secret Service, unlocked and empty, of our own. */
export interface Keyring {
  /** The environment of programs that shall use it: own `HOME`, XDG folders and D-Bus address. */
  readonly env: NodeJS.ProcessEnv;
  readonly home: string;
  /** What `secret-tool`, another program, finds for the account; undefined when there is none. */
  lookup: (account: string) => Promise<string | undefined>;
  /** Puts a secret there from outside, as if the extension had stored it. */
  store: (account: string, secret: string) => Promise<void>;
  /** The accounts that have an entry of the extension's. */
  accounts: () => Promise<string[]>;
  /** Removes all of the extension's entries. */
  clear: () => Promise<void>;
  /** Locks it, as when its owner leaves; nobody is there to answer its question. */
  lock: () => Promise<void>;
  /** Starts it anew, unlocked and with what it holds, as when its owner comes back. */
  unlock: () => Promise<void>;
  /** Ends the Secret Service, as on a computer that has none; the bus stays. `unlock` brings it back. */
  stop: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const service = 'oauth-explorer';

/** A session bus that starts no service by itself: what is not there is not there. */
const busConfig = `<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`;

/**
 * Starts a D-Bus session bus and an unlocked gnome-keyring with folders of their own (Linux).
 * @see TEST-HOST.md, "A real keychain"
 */
export async function startKeyring(): Promise<Keyring> {
  const home = await temporaryFolder('home');
  const env = { ...process.env, ...(await ownFolders(home)) };
  const config = join(home, 'bus.conf');
  await writeFile(config, busConfig);
  const bus = start(
    'dbus-daemon',
    [`--config-file=${config}`, '--nofork', '--nosyslog', '--print-address=1'],
    {
      env,
    },
  );
  const address = await waitFor('dbus-daemon to start', () => /^unix:\S+/m.exec(bus.output())?.[0]);
  const session = { ...env, DBUS_SESSION_BUS_ADDRESS: address };
  let daemon = startDaemon(session);
  const secretTool = (args: string[], input?: string) =>
    runToEnd('secret-tool', args, {
      env: session,
      milliseconds: 60_000,
      ...(input === undefined ? {} : { input }),
    });
  const close = async () => {
    await daemon.close();
    await bus.close();
    await removeFolder(home);
  };
  /** It answers a little before it has a collection that takes anything. */
  const takesSecrets = () =>
    waitFor('the keyring to take secrets', () =>
      secretTool(['store', '--label', 'ready', 'service', 'ready'], 'ready').then(
        () => secretTool(['clear', 'service', 'ready']),
        () => undefined,
      ),
    );
  try {
    await takesSecrets();
  } catch (error) {
    await close();
    throw error;
  }
  return {
    env: session,
    home,
    // It ends with code 1 and prints nothing when there is no such entry.
    lookup: (account) =>
      secretTool(['lookup', 'service', service, 'account', account]).catch(() => undefined),
    store: async (account, secret) => {
      const label = `${service} ${account}`;
      const attributes = [
        'xdg:schema',
        'org.freedesktop.Secret.Generic',
        'service',
        service,
        'account',
        account,
      ];
      await secretTool(['store', '--label', label, ...attributes], secret);
    },
    accounts: async () => {
      const found = await secretTool(['search', '--all', 'service', service]).catch(() => '');
      // It writes attributes to standard error, line by line, into whatever line of standard output has come half.
      return [...found.matchAll(/attribute\.account = (.*)$/gm)].map((match) => match[1] ?? '');
    },
    // It ends with code 1 when there was none.
    clear: () =>
      secretTool(['clear', 'service', service]).then(
        () => undefined,
        () => undefined,
      ),
    lock: async () => {
      const [path, method] = ['/org/freedesktop/secrets', 'org.freedesktop.Secret.Service.Lock'];
      const collections = `array:objpath:${path}/collection/login`;
      const destination = ['--session', '--print-reply', '--dest=org.freedesktop.secrets'];
      await runToEnd('dbus-send', [...destination, path, method, collections], { env: session });
    },
    unlock: async () => {
      await daemon.close();
      daemon = startDaemon(session);
      await takesSecrets();
    },
    stop: () => daemon.close(),
    close,
  };
}

function startDaemon(env: NodeJS.ProcessEnv): Running {
  const daemon = start('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], { env });
  // The new line matters: without it the password is not taken and the keyring stays locked.
  daemon.process.stdin?.end('a password\n');
  return daemon;
}

async function ownFolders(home: string): Promise<NodeJS.ProcessEnv> {
  const folders = {
    HOME: home,
    XDG_DATA_HOME: join(home, 'data'),
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_RUNTIME_DIR: join(home, 'run'),
  };
  for (const folder of Object.values(folders)) await mkdir(folder, { recursive: true });
  await chmod(folders.XDG_RUNTIME_DIR, 0o700);
  return folders;
}
