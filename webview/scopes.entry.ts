import { failureStyles } from './failure/styles.ts';
import { scopesPage } from './scopes/page.ts';
import { scopesStyles } from './scopes/styles.ts';
import { startView } from './view.ts';

startView(scopesPage, failureStyles, scopesStyles);
