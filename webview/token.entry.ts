import { tokenPage } from './token/page.ts';
import { tokenStyles } from './token/styles.ts';
import { startView } from './view.ts';

startView(tokenPage, tokenStyles);
