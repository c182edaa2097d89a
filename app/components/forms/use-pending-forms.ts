import { useFetchers, useNavigation } from "react-router";

/** The forms that are being submitted, in the order of submission, until the data that they change is reloaded. */
export function usePendingForms(): FormData[] {
  const fetchers = useFetchers();
  const navigation = useNavigation();
  const forms = [...fetchers, navigation].map(({ formData }) => formData);
  return forms.filter((form) => form !== undefined);
}
