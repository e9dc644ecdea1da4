import { type Dialect, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import { type ConnectionSource, PooledDriver } from '../pooled-dialect.ts';

/** Kysely over any source of PostgreSQL connections. */
export function postgresDialect(source: ConnectionSource): Dialect {
  return {
    createDriver: () => new PooledDriver(source),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createAdapter: () => new PostgresAdapter(),
    createIntrospector: db => new PostgresIntrospector(db),
  };
}
