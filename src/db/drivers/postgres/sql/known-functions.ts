/**
 * Functions of pg_catalog in PostgreSQL 18 by what their results depend on, read from pg_proc; a name with several
 * overloads counts as its most changeable one. What is not listed counts as volatile.
 */
const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Depend on their arguments alone. */
export const immutableFunctions = words(`
  abs acos acosd acosh array_dims array_fill array_length array_lower array_ndims array_position array_positions
  array_remove array_replace array_upper ascii asin asind asinh atan atan2 atan2d atand atanh bit_count bit_length bool
  box btrim bytea cardinality cbrt ceil ceiling char char_length character_length chr cos cosd cosh cot cotd
  daterange decode degrees div encode erf erfc exp factorial float4 float8 floor gcd get_bit get_byte
  host int2 int4 int4range int8 int8range isempty isfinite json_array_length json_object json_strip_nulls
  json_typeof jsonb_array_length jsonb_exists jsonb_extract_path jsonb_extract_path_text jsonb_insert jsonb_object
  json_extract_path json_extract_path_text jsonb_path_exists jsonb_path_match jsonb_path_query_array
  jsonb_path_query_first jsonb_pretty jsonb_set jsonb_set_lax jsonb_strip_nulls jsonb_typeof justify_days
  justify_hours justify_interval lcm left like_escape ln log log10 lower lower_inc lower_inf lpad ltrim
  make_date make_interval make_time make_timestamp masklen md5 min_scale mod name netmask network normalize
  num_nonnulls num_nulls numrange octet_length oid overlay pi point position pow power quote_ident
  radians regexp_count regexp_instr regexp_like regexp_match regexp_replace regexp_split_to_array regexp_substr
  repeat replace reverse right round rpad rtrim scale set_bit set_byte setweight sha224 sha256 sha384 sha512 sign
  similar_to_escape sin sind sinh split_part sqrt starts_with string_to_array strip strpos substr substring tan tand
  tanh text to_bin to_hex to_oct translate trim_array trim_scale trunc tsrange tstzrange unistr upper
  upper_inc upper_inf uuid_extract_timestamp uuid_extract_version varchar width_bucket
`);

/** Depend on settings or the catalog too, but not on the moment within a session. */
export const settingFunctions = words(`
  array_to_json array_to_string concat concat_ws convert convert_from convert_to date date_add date_bin
  date_part date_subtract date_trunc extract format json_build_array json_build_object jsonb_build_array
  jsonb_build_object length make_timestamptz numeric quote_literal quote_nullable timezone row_to_json time timestamp timestamptz timetz
  to_char to_date to_json to_jsonb to_number to_timestamp to_tsquery to_tsvector plainto_tsquery phraseto_tsquery
  websearch_to_tsquery array_append array_prepend array_cat
`);

/** Depend on the moment, the session or the transaction: the same for one statement, another one later. */
export const momentFunctions = words(`
  now transaction_timestamp statement_timestamp current_database current_schema current_setting current_user
  session_user txid_current txid_current_if_assigned pg_current_xact_id version pg_backend_pid age
`);

/** Make one row out of many. */
export const aggregateFunctions = words(`
  any_value array_agg avg bit_and bit_or bit_xor bool_and bool_or corr count covar_pop covar_samp cume_dist dense_rank
  every json_agg json_agg_strict json_object_agg json_object_agg_strict json_object_agg_unique
  json_object_agg_unique_strict jsonb_agg jsonb_agg_strict jsonb_object_agg jsonb_object_agg_strict
  jsonb_object_agg_unique jsonb_object_agg_unique_strict max min mode percent_rank percentile_cont percentile_disc
  range_agg range_intersect_agg rank regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope regr_sxx
  regr_sxy regr_syy stddev stddev_pop stddev_samp string_agg sum var_pop var_samp variance xmlagg
`);

/** Make many rows out of one. */
export const setFunctions = words(`
  aclexplode generate_series generate_subscripts json_array_elements json_array_elements_text json_each json_each_text
  json_object_keys json_populate_recordset json_to_recordset jsonb_array_elements jsonb_array_elements_text jsonb_each
  jsonb_each_text jsonb_object_keys jsonb_path_query jsonb_path_query_tz jsonb_populate_recordset jsonb_to_recordset
  regexp_matches regexp_split_to_table string_to_table ts_debug ts_parse ts_stat ts_token_type unnest
`);

/** Operators of pg_catalog: every one of them is immutable, or stable where it compares times with time zone. */
export const operators = words(`
  !! !~ !~* !~~ !~~* # ## #- #> #>> % & && &< &<| &> * *< *<= *<> *= *> *>= + - -> ->> -|- / < <-> << <<= <<| <= <> <@
  <^ = > >= >> >>= >^ ? ?# ?& ?- ?-| ?| ?|| @ @-@ @> @? @@ @@@ ^ ^@ | |&> |/ |>> || ||/ ~ ~* ~<=~ ~<~ ~= ~>=~ ~>~ ~~ ~~*
`);
