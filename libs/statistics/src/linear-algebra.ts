/** Inverse of a small symmetric positive definite matrix by Gauss–Jordan elimination; null when it is singular. */
export function invert(matrix: readonly (readonly number[])[]): number[][] | null {
  const size = matrix.length;
  const work = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let column = 0; column < size; column += 1) {
    let pivot = column;
    for (let row = column + 1; row < size; row += 1) {
      if (Math.abs(work[row]![column]!) > Math.abs(work[pivot]![column]!)) pivot = row;
    }
    const value = work[pivot]![column]!;
    const scale = Math.abs(matrix[column]![column]!);
    if (!(Math.abs(value) > 1e-13 * scale)) return null;
    [work[column], work[pivot]] = [work[pivot]!, work[column]!];
    const pivotRow = work[column]!.map((entry) => entry / value);
    work[column] = pivotRow;
    for (let row = 0; row < size; row += 1) {
      if (row === column) continue;
      const factor = work[row]![column]!;
      if (factor !== 0) work[row] = work[row]!.map((entry, j) => entry - factor * pivotRow[j]!);
    }
  }
  return work.map((row) => row.slice(size));
}
