import assert from 'node:assert/strict';
import type { Browser } from '../../../../src/core/ports.ts';
import { JarBrowser, type Page } from '../../../demo/jarBrowser.ts';

/** A browser that signs in by itself, as soon as it is opened. */
export class SignInBrowser implements Browser {
  readonly #jar: JarBrowser;
  #page: Promise<Page> | undefined;

  constructor(jar = new JarBrowser()) {
    this.#jar = jar;
  }

  /** Every address visited, in order. */
  get visited(): readonly string[] {
    return this.#jar.visited;
  }

  /** The page the sign-in ends at. */
  get page(): Promise<Page> {
    return this.#page ?? Promise.reject(new Error('The browser was not opened.'));
  }

  open(url: string): Promise<boolean> {
    this.#page = this.#jar.visit(url);
    return Promise.resolve(true);
  }
}

/** A browser that ends at an address nobody here answers, as one does that is sent to another application. */
export class EndingBrowser implements Browser {
  readonly #told: (address: string) => Promise<void>;

  constructor(told: (address: string) => Promise<void>) {
    this.#told = told;
  }

  async open(url: string): Promise<boolean> {
    const jar = new JarBrowser();
    await assert.rejects(jar.visit(url), /Protocol|Not on this machine/);
    await this.#told(jar.visited.at(-1) ?? '');
    return true;
  }
}
