import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import qawl.client.ApiClient;
import qawl.client.ApiException;
import qawl.client.api.ArticlesApi;
import qawl.client.api.ArticlesApi.APIListArticleStatementsRequest;
import qawl.client.api.ExportsApi;
import qawl.client.api.ExportsApi.APIExportStatementsRequest;
import qawl.client.api.ImportsApi;
import qawl.client.api.ImportsApi.APICreateImportRequest;
import qawl.client.api.ImportsApi.APIGetImportRequest;
import qawl.client.api.SearchApi;
import qawl.client.api.SearchApi.APISearchStatementsRequest;
import qawl.client.api.StatementsApi;
import qawl.client.api.StatementsApi.APIListStatementsRequest;
import qawl.client.model.FacetName;
import qawl.client.model.Problem;
import qawl.client.model.TextSpan;

/** The story, told by the Java client that openapi-generator makes. Usage: Story URL KEY */
class Story {
  private static final ObjectMapper JSON = ApiClient.createDefaultObjectMapper();

  public static void main(String[] arguments) throws Exception {
    ApiClient client = new ApiClient();
    client.updateBaseUri(arguments[0]);
    // UTF-8 whatever the machine's own encoding is.
    System.out.write(JSON.writeValueAsBytes(tell(client, arguments[1])));
  }

  static Map<String, Object> tell(ApiClient client, String key) throws Exception {
    var articles = new ArticlesApi(client);
    var statements = new StatementsApi(client);
    var hits = new SearchApi(client).searchStatements(
        APISearchStatementsRequest.newBuilder()
            .q("قسد")
            .facets(List.of(FacetName.SOURCE, FacetName.KIND))
            .build());

    var paged = new ArrayList<String>();
    String cursor = null;
    do {
      var page = statements.listStatements(
          APIListStatementsRequest.newBuilder().source(List.of("anapress.net")).limit(7).cursor(cursor).build());
      page.getItems().forEach(one -> paged.add(one.getId()));
      cursor = page.getNextCursor();
    } while (cursor != null);

    String id = hits.getItems().get(0).getStatement().getArticle().getId();
    String text = articles.getArticle(id).getText();
    var said = articles.listArticleStatements(
        APIListArticleStatementsRequest.newBuilder().articleId(id).limit(100).build());
    var sliced = said.getItems().stream().map(one -> slice(text, one.getContent())).toList();

    var exported = new ExportsApi(client).exportStatements(
        APIExportStatementsRequest.newBuilder().source(List.of("anapress.net")).build());
    long rows = Files.readAllLines(exported.toPath()).size();

    Path page = Files.createTempFile("page", ".ndjson");
    Files.writeString(page, "{\"url\": \"http://nashra.example/java\", \"text\": \"خبر مختلق\"}\n");
    var keyed = Map.of("X-API-Key", key);
    var imports = new ImportsApi(client);
    var sent = imports.createImport(
        APICreateImportRequest.newBuilder().body(page.toFile()).label("حكاية").idempotencyKey("java").build(), keyed);
    var job = imports.getImport(APIGetImportRequest.newBuilder().importId(sent.getId()).build(), keyed);

    Problem nobody = problem(() -> articles.getArticle("nobody"));
    Problem refused = problem(
        () -> statements.listStatements(APIListStatementsRequest.newBuilder().limit(1000).build()));

    var told = new LinkedHashMap<String, Object>();
    told.put("found", hits.getTotal().getValue());
    told.put("paged", paged);
    told.put("sliced", sliced);
    told.put("exported", rows);
    told.put("imported", job.getLabel());
    told.put("not_found", nobody.getType());
    told.put("refused", List.of(refused.getType(), refused.getErrors().get(0).getParameter()));
    return told;
  }

  /** Java strings count UTF-16 units; the API counts code points. */
  static boolean slice(String text, TextSpan span) {
    int start = text.offsetByCodePoints(0, span.getStart());
    int end = text.offsetByCodePoints(start, span.getEnd() - span.getStart());
    return text.substring(start, end).equals(span.getText());
  }

  interface Call {
    Object run() throws ApiException;
  }

  static Problem problem(Call call) throws Exception {
    try {
      throw new IllegalStateException("expected a problem, got " + call.run());
    } catch (ApiException told) {
      return JSON.readValue(told.getResponseBody(), Problem.class);
    }
  }
}
