// org.apache.camel
class Syntax {
    void a( {
}
