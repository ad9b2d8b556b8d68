// The first module of a worker: sets up the platform and hands the worker what it calls.

import 'daino:internal/platform';

export { begin, describeText, invoke, refusalOf } from 'daino:internal/invoke';
