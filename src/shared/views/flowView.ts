import type { IntentOf } from '../intents.ts';
/** Who takes part in a flow, from left to right. */
export type LaneId =
  | 'editor'
  | 'browser'
  | 'loopback'
  | 'identity_provider'
  | 'authorization_server'
  | 'token_endpoint'
  | 'jwks'
  | 'api'
  | 'mcp_server';

export interface LaneView {
  readonly id: LaneId;
  readonly label: string;
  /** Host, as far as there is one. */
  readonly detail: string;
}

/** One parameter or header field, its value already redacted. */
export interface ParameterView {
  readonly name: string;
  readonly value: string;
  /** The value is secret: only its end is shown. */
  readonly redacted: boolean;
  readonly meaning?: string;
  readonly source?: string;
}

/** A group of parameters: the query, the form, the JSON members, the header fields. */
export interface ParameterGroupView {
  readonly title: string;
  readonly parameters: readonly ParameterView[];
}

export interface MessageView {
  /** `POST https://as.example.com/token`, `200 OK`; without query. */
  readonly line: string;
  readonly groups: readonly ParameterGroupView[];
  /** The body as text, when it is neither a form nor a JSON object; shortened. */
  readonly body?: string;
}

export type StepOutcome = 'ok' | 'error' | 'ignored' | 'pending';

/** One exchange of the flow, as an arrow there and an arrow back. */
export interface FlowStepView {
  /** `Exchange.id`. */
  readonly id: number;
  readonly from: LaneId;
  readonly to: LaneId;
  /** What happens, in words: `Exchange the code for tokens`. */
  readonly title: string;
  /** Over the arrow there: `POST /token`. */
  readonly requestLabel: string;
  /** Over the arrow back: `200 OK`; absent while nothing came. */
  readonly responseLabel?: string;
  /** Milliseconds from the flow's start. */
  readonly offset: number;
  /** Milliseconds; absent while it is under way. */
  readonly duration?: number;
  readonly outcome: StepOutcome;
  readonly request: MessageView;
  readonly response?: MessageView;
  /** What was expected and what came, when it was ignored; why there is no response; what the server did against its specification. */
  readonly notes: readonly string[];
}

/** How PKCE was done, with the computation done again. */
export interface PkceView {
  readonly length: number;
  /** Where the verifier's randomness came from. */
  readonly entropy: string;
  /** Masked until it is asked for and the code is spent. */
  readonly verifier: string;
  readonly verifierShown: boolean;
  /** The code is spent, so the verifier opens nothing any more. */
  readonly canShow: boolean;
  /** SHA-256 of the verifier's ASCII bytes, hex. */
  readonly digest: string;
  /** The same digest, base64url without padding. */
  readonly computed: string;
  /** What was sent. */
  readonly challenge: string;
  readonly method: string;
}

/** A QR code to draw, or only why there is none. */
export interface QrView {
  /** One sentence: what it is for, or why there is none. */
  readonly note: string;
  /** The URL in it, of printable ASCII characters; absent where there is none. */
  readonly address?: string;
  /** The dark squares as the `d` of an SVG path, in units of one square. */
  readonly path?: string;
  /** Width and height in squares, with the white ones round it. */
  readonly size?: number;
}

export interface FlowWaitingView {
  /** Of a flow that waits for a redirect. */
  readonly redirectUri?: string;
  /** What came and could not be used, one sentence each. */
  readonly notices?: readonly string[];
  /** What it waits for. */
  readonly sentence: string;
  /** To be typed by the user, large. */
  readonly userCode?: string;
  /** The page for the code, for a telephone. */
  readonly qr?: QrView;
  /** There is an address to go to. */
  readonly canCopyUrl: boolean;
  /** Milliseconds since the epoch. */
  readonly since: number;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
}

export interface FlowViewModel {
  readonly title: string;
  readonly subtitle: string;
  readonly outcome: 'running' | 'token' | 'checked' | 'failed' | 'cancelled';
  /** How it ended, or what it waits for: one sentence. */
  readonly summary: string;
  readonly lanes: readonly LaneView[];
  readonly steps: readonly FlowStepView[];
  /** What each arrow of the diagram stands for, one sentence a step; its labels say what was sent and what came. */
  readonly story: readonly string[];
  readonly waiting?: FlowWaitingView;
  readonly pkce?: PkceView;
  /** The step whose messages are shown (`Exchange.id`). */
  readonly selected?: number;
}

/** What the user can want in the flow view; the host validates it. */
export const flowIntents = {
  select: { step: 'number' },
  copyUrl: {},
  copyCode: {},
  pasteRedirect: {},
  cancel: {},
  showVerifier: { shown: 'flag' },
  export: {},
  copyCurl: { step: 'number' },
  compare: {},
  showToken: {},
  showFailure: {},
  runAgain: {},
} as const;
export type FlowViewIntent = IntentOf<typeof flowIntents>;
