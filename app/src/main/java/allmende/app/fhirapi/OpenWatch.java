package allmende.app.fhirapi;

/** Lets everybody pass who came through the server's login. */
final class OpenWatch implements Watch {

    @Override
    public void read(String type) {}

    @Override
    public void write(String type) {}

    @Override
    public void export() {}

    @Override
    public String caller() {
        return "";
    }

    @Override
    public void told(Deed deed) {}
}
