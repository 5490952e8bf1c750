import { apiPage } from './api/page.ts';
import { apiStyles } from './api/styles.ts';
import { failureStyles } from './failure/styles.ts';
import { startView } from './view.ts';

startView(apiPage, failureStyles, apiStyles);
