package db

import "database/sql"

// source is where rows are read: a reader, the writer's transaction or a glass.
type source interface {
	query(query string, args ...any) (*sql.Rows, error)
}

// all reads every row of a query into a T, whose fields are named in the order of the columns.
func all[T any](from source, fields func(*T) []any, query string, args ...any) ([]T, error) {
	rows, err := from.query(query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []T
	for rows.Next() {
		var item T
		if err := rows.Scan(fields(&item)...); err != nil {
			return nil, err
		}
		list = append(list, item)
	}
	return list, rows.Err()
}

// one reads the only row of a query; none is ErrNotFound.
func one[T any](from source, fields func(*T) []any, query string, args ...any) (T, error) {
	list, err := all(from, fields, query, args...)
	if err == nil && len(list) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		var none T
		return none, err
	}
	return list[0], nil
}

// value reads a single column of a single row.
func value[T any](from source, query string, args ...any) (T, error) {
	return one(from, itself[T], query, args...)
}

func itself[T any](item *T) []any { return []any{item} }
