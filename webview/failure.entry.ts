import { failurePage } from './failure/page.ts';
import { failureStyles } from './failure/styles.ts';
import { startView } from './view.ts';

startView(failurePage, failureStyles);
