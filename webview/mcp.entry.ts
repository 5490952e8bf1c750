import { mcpPage } from './mcp/page.ts';
import { mcpStyles } from './mcp/styles.ts';
import { startView } from './view.ts';

startView(mcpPage, mcpStyles);
