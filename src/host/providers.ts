import type { Catalogue } from '../core/diagnose/catalogue.ts';

/** Every file of `core/diagnose/providers`, in order: put here by what bundles this (test/support/providerCatalogue.mjs). */
export declare const providers: Catalogue;
