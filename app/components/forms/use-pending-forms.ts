import { useFetchers, useNavigation } from "react-router";
import { comingTitles } from "#app/components/task/optimistic.ts";

/** What forms that are on their way say, in the order in which they were sent, until what they changed is loaded. */
export function usePendingForms(): FormData[] {
  const fetchers = useFetchers();
  const navigation = useNavigation();
  const forms = [...fetchers, navigation].map(({ formData }) => formData);
  return forms.filter((form) => form !== undefined);
}

/** The titles of the tasks that are being added, or of the subtasks of `parent`. */
export function useComingTitles(parent?: string): string[] {
  return comingTitles(usePendingForms(), parent);
}
