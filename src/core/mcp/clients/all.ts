import { chatGpt } from './chatGpt.ts';
import { claude } from './claude.ts';
import type { McpClientFacts } from './client.ts';
import { cursor } from './cursor.ts';
import { mcpInspector } from './mcpInspector.ts';
import { vsCode } from './vsCode.ts';

/** The clients of which enough is published to say something, in the order in which they are shown: the only list of them. */
export const mcpClients: readonly McpClientFacts[] = [vsCode, claude, chatGpt, cursor, mcpInspector];
