function legacy(): number {
  return 1;
}
export default legacy;
