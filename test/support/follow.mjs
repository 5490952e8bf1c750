// Imported before tests: node:test follows whatever a test begins by its number, for which V8 tells it of the end of every promise:
// up to a third of all work. Here each carries the number of its test along instead, as AsyncLocalStorage has it. What goes wrong
// is still said of the test that began it.
import hooks from 'node:async_hooks';

const { createHook, executionAsyncId, executionAsyncResource } = hooks;
const test = Symbol('test');
const current = () => executionAsyncResource()[test];

hooks.executionAsyncId = () => current() ?? executionAsyncId();
hooks.createHook = ({ init }) =>
  createHook({
    init(id, type, trigger, resource) {
      const own = type.startsWith('Test');
      if (own) init(id, type, trigger, resource);
      const of = own ? id : current();
      if (of !== undefined) resource[test] = of;
    },
  });
// It takes these two when it is first imported; nobody else shall.
await import('node:test');
Object.assign(hooks, { createHook, executionAsyncId });
