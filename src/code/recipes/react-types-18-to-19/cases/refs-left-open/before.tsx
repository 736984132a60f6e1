export const field = (items: Set<unknown>) => (
  <i
    ref={(element) => {
      return items.add(element);
    }}
  />
);
