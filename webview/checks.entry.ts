import { checksPage } from './checks/page.ts';
import { checksStyles } from './checks/styles.ts';
import { startView } from './view.ts';

startView(checksPage, checksStyles);
